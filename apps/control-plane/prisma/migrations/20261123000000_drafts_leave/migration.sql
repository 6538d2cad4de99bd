-- A draft is kept for a while, and no tenant has any number of them: it may go, and still not change.
DROP TRIGGER immutable ON procedure_draft;
CREATE TRIGGER immutable BEFORE UPDATE ON procedure_draft FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT DELETE ON procedure_draft TO copse_app;
