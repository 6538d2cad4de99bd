-- What a tenant is set up with can be taken away. Releases hold what they were made of. A procedure keeps its versions, and
-- its id may be bound from the library instead.
ALTER TABLE "procedure" ADD COLUMN "withdrawn" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE procedure DROP CONSTRAINT procedure_own_or_bound;
ALTER TABLE procedure ADD CONSTRAINT procedure_own_or_bound
  CHECK (CASE WHEN library_id IS NULL THEN pinned IS NULL ELSE library_id = id AND NOT withdrawn END);
GRANT DELETE ON connector, channel TO copse_app;
