-- What was drafted from a plain text: kept as it was made, live only once somebody publishes it as a procedure.
CREATE TABLE "procedure_draft" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "sop" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "procedure_draft_pkey" PRIMARY KEY ("tenant_id","id")
);

ALTER TABLE "procedure_draft" ADD CONSTRAINT "procedure_draft_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON procedure_draft FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE procedure_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE procedure_draft FORCE ROW LEVEL SECURITY;
CREATE POLICY platform ON procedure_draft TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY own ON procedure_draft TO copse_app
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON procedure_draft TO copse_app;
