CREATE TABLE "tenant" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "profile" JSONB NOT NULL,
    "model" JSONB NOT NULL,
    "identity" TEXT,
    "knowledge" INTEGER NOT NULL DEFAULT 0,
    "releases" INTEGER NOT NULL DEFAULT 0,
    "active_release" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "library_procedure" (
    "id" TEXT NOT NULL,
    "latest" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "library_procedure_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "library_version" (
    "procedure_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "library_version_pkey" PRIMARY KEY ("procedure_id","number")
);

CREATE TABLE "procedure" (
    "tenant_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "latest" INTEGER NOT NULL DEFAULT 0,
    "library_id" TEXT,
    "pinned" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "procedure_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "procedure_version" (
    "tenant_id" UUID NOT NULL,
    "procedure_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "procedure_version_pkey" PRIMARY KEY ("tenant_id","procedure_id","number")
);

CREATE TABLE "knowledge_version" (
    "tenant_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "knowledge_version_pkey" PRIMARY KEY ("tenant_id","number")
);

CREATE TABLE "tenant_key" (
    "tenant_id" UUID NOT NULL,
    "wrapped" TEXT NOT NULL,

    CONSTRAINT "tenant_key_pkey" PRIMARY KEY ("tenant_id")
);

CREATE TABLE "credential" (
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "latest" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credential_pkey" PRIMARY KEY ("tenant_id","name")
);

CREATE TABLE "credential_version" (
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "sealed" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credential_version_pkey" PRIMARY KEY ("tenant_id","name","number")
);

CREATE TABLE "connector" (
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "binding" JSONB NOT NULL,

    CONSTRAINT "connector_pkey" PRIMARY KEY ("tenant_id","name")
);

CREATE TABLE "channel" (
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "binding" JSONB NOT NULL,

    CONSTRAINT "channel_pkey" PRIMARY KEY ("tenant_id","name")
);

CREATE TABLE "release" (
    "tenant_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "credentials" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "release_pkey" PRIMARY KEY ("tenant_id","number")
);

CREATE TABLE "deployment" (
    "tenant_id" UUID NOT NULL,
    "desired" TEXT NOT NULL,
    "port" INTEGER NOT NULL,
    "dev" BOOLEAN NOT NULL DEFAULT false,
    "token_hash" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deployment_pkey" PRIMARY KEY ("tenant_id")
);

CREATE TABLE "instance" (
    "tenant_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "ref" JSONB,
    "detail" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),

    CONSTRAINT "instance_pkey" PRIMARY KEY ("tenant_id")
);

CREATE UNIQUE INDEX "tenant_slug_key" ON "tenant"("slug");

CREATE UNIQUE INDEX "tenant_id_active_release_key" ON "tenant"("id", "active_release");

CREATE UNIQUE INDEX "deployment_port_key" ON "deployment"("port");

CREATE UNIQUE INDEX "deployment_token_hash_key" ON "deployment"("token_hash");

ALTER TABLE "tenant" ADD CONSTRAINT "tenant_id_active_release_fkey" FOREIGN KEY ("id", "active_release") REFERENCES "release"("tenant_id", "number") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "library_version" ADD CONSTRAINT "library_version_procedure_id_fkey" FOREIGN KEY ("procedure_id") REFERENCES "library_procedure"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "procedure" ADD CONSTRAINT "procedure_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "procedure" ADD CONSTRAINT "procedure_library_id_fkey" FOREIGN KEY ("library_id") REFERENCES "library_procedure"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "procedure_version" ADD CONSTRAINT "procedure_version_tenant_id_procedure_id_fkey" FOREIGN KEY ("tenant_id", "procedure_id") REFERENCES "procedure"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "knowledge_version" ADD CONSTRAINT "knowledge_version_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "tenant_key" ADD CONSTRAINT "tenant_key_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "credential" ADD CONSTRAINT "credential_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "credential_version" ADD CONSTRAINT "credential_version_tenant_id_name_fkey" FOREIGN KEY ("tenant_id", "name") REFERENCES "credential"("tenant_id", "name") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "connector" ADD CONSTRAINT "connector_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "channel" ADD CONSTRAINT "channel_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "release" ADD CONSTRAINT "release_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "deployment" ADD CONSTRAINT "deployment_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "instance" ADD CONSTRAINT "instance_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;


-- From here on by hand: what schema.prisma cannot say.

ALTER TABLE tenant ADD CONSTRAINT tenant_slug_shape CHECK (slug ~ '^[a-z][a-z0-9-]{1,30}$');
ALTER TABLE deployment ADD CONSTRAINT deployment_desired CHECK (desired IN ('running', 'stopped'));
ALTER TABLE instance ADD CONSTRAINT instance_state
  CHECK (state IN ('stopped', 'starting', 'running', 'stopping', 'waiting'));
ALTER TABLE procedure ADD CONSTRAINT procedure_own_or_bound
  CHECK (CASE WHEN library_id IS NULL THEN pinned IS NULL ELSE library_id = id AND latest = 0 END);

-- Versions are immutable, whoever asks.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are immutable', TG_TABLE_NAME USING ERRCODE = 'object_not_in_prerequisite_state';
END $$;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['library_version', 'procedure_version', 'knowledge_version', 'credential_version', 'release'] LOOP
    EXECUTE format('CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', name);
  END LOOP;
END $$;

-- The role that tenants' work runs as. Roles belong to the whole server: another database may have made it, even
-- just now.
DO $$
BEGIN
  CREATE ROLE copse_app NOLOGIN NOBYPASSRLS;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$
BEGIN
  IF NOT pg_has_role(CURRENT_USER, 'copse_app', 'MEMBER') THEN
    GRANT copse_app TO CURRENT_USER;
  END IF;
END $$;
GRANT USAGE ON SCHEMA public TO copse_app;

-- Row level security: as copse_app only the rows of `app.tenant_id` exist, none while it is unset. FORCE binds the
-- owner as well; platform code, which runs as the owner, has a policy of its own.
DO $$
DECLARE
  name text;
  own text := '(tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)';
BEGIN
  FOREACH name IN ARRAY ARRAY['procedure', 'procedure_version', 'knowledge_version', 'tenant_key', 'credential',
    'credential_version', 'connector', 'channel', 'release', 'deployment', 'instance', 'tenant'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY platform ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY own ON %I TO copse_app USING %s WITH CHECK %s', name,
      CASE name WHEN 'tenant' THEN replace(own, 'tenant_id =', 'id =') ELSE own END,
      CASE name WHEN 'tenant' THEN replace(own, 'tenant_id =', 'id =') ELSE own END);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO copse_app', name);
  END LOOP;
END $$;

GRANT UPDATE ON tenant, procedure, credential, connector, channel, deployment, instance TO copse_app;
REVOKE INSERT ON tenant FROM copse_app;
GRANT SELECT ON library_procedure, library_version TO copse_app;
