import { describe, expect, test } from 'vitest'
import { databaseSql } from '../../database-sql.ts'
import type { Tree } from '../../targets/process/process-plan.ts'
import { envOf, given, planWith, postgresql, processOf, render } from '../../testing/external.ts'

describe('an external PostgreSQL', () => {
  const plan = planWith({ postgresql })
  const rendered = render(plan)
  test('has an endpoint, and no server, superuser or job that makes databases', () => {
    expect(plan.parties.find(({ name }) => name === 'postgresql')).toMatchObject({
      kind: 'external',
      ports: { sql: { host: 'db.example.com', number: 5432, tls: { domain: 'external', mutual: false, serverName: 'db.example.com' } } },
    })
    expect(rendered.processes.map(({ name }) => name).filter((name) => name.startsWith('postgresql'))).toEqual(['postgresql-check'])
    expect(plan.secrets.map(({ name }) => name)).not.toContain('postgresql-superuser')
    expect(rendered.trustDomains.map(({ name }) => name)).toEqual(['internode', 'client'])
  })
  test('is reached by every caller at its address, with the given root, names and passwords', () => {
    expect(envOf(rendered, 'shop-worker')).toMatchObject({
      PGHOST: 'db.example.com',
      PGPORT: '5432',
      PGDATABASE: 'shop_live',
      PGUSER: 'shop_app',
      PGSSLMODE: 'verify-full',
      PGSSLROOTCERT: '/state/secrets/postgresql-tls/ca.crt',
    })
    const { persistence } = processOf(rendered, 'temporal-history').files[0]?.content as { persistence: { datastores: Record<string, Tree> } }
    expect(persistence.datastores['visibility']).toMatchObject({
      sql: {
        connectAddr: 'db.example.com:5432',
        databaseName: 'temporal_visibility',
        user: 'temporal',
        tls: { enabled: true, enableHostVerification: true, caFile: '/state/secrets/postgresql-tls/ca.crt' },
      },
    })
    expect(envOf(rendered, 'temporal-schema')).toMatchObject({
      SQL_HOST: 'db.example.com',
      SQL_TLS: 'true',
      SQL_TLS_CA_FILE: '/state/secrets/postgresql-tls/ca.crt',
    })
    expect(given(rendered)).toEqual(['postgresql-tls/ca.crt', 'shop-database/password', 'temporal-database/password'])
    expect(rendered.givenSecrets.every(({ about }) => about !== undefined)).toBe(true)
  })
  test('is checked before anything uses it', () => {
    for (const name of ['temporal-schema-setup', 'temporal-visibility-schema-setup', 'shop-database-migration'])
      expect(processOf(rendered, name).needs).toEqual([{ anyOf: ['postgresql-check'], until: 'completed' }])
    expect(processOf(rendered, 'postgresql-check').files[0]?.content).toMatchObject({
      host: 'db.example.com',
      databases: [
        { database: 'shop_live', user: 'shop_app', passwordFile: '/state/secrets/shop-database/password', extensions: [] },
        { database: 'temporal', user: 'temporal' },
        { database: 'temporal_visibility', extensions: ['btree_gin'] },
      ],
    })
  })
  test('may be trusted by the machine’s roots, or be without TLS where that is said', () => {
    const roots = render(planWith({ postgresql: { external: { host: 'db.example.com', tls: { trust: 'system-roots' } } } }))
    expect(envOf(roots, 'shop-worker')['PGSSLMODE']).toBe('verify-full')
    expect(envOf(roots, 'shop-worker')).not.toHaveProperty('PGSSLROOTCERT')
    const clear = render(planWith({ postgresql: { external: { host: '10.0.0.5', tls: false } } }))
    expect(envOf(clear, 'shop-worker')['PGSSLMODE']).toBe('disable')
    expect(envOf(clear, 'temporal-schema')['SQL_TLS']).toBe('false')
    expect(given(clear)).toEqual(['shop-database/password', 'temporal-database/password'])
  })
  test('gets its roles and databases from SQL that reads the passwords from their files', () => {
    expect(databaseSql(plan, (name, key) => `secrets/${name}/${key}`)).toMatchInlineSnapshot(`
      "-- Roles and databases of test, production, for PostgreSQL at db.example.com:5432.
      -- For psql, in the folder of the configuration, as a role that may make roles and databases.
      \\set ON_ERROR_STOP on

      \\set password \`cat 'secrets/shop-database/password'\`
      CREATE ROLE "shop_app" LOGIN PASSWORD :'password';

      \\set password \`cat 'secrets/temporal-database/password'\`
      CREATE ROLE "temporal" LOGIN PASSWORD :'password';

      CREATE DATABASE "shop_live" OWNER "shop_app" ENCODING 'UTF8' TEMPLATE template0;
      REVOKE ALL ON DATABASE "shop_live" FROM PUBLIC;
      \\connect "shop_live"
      ALTER SCHEMA public OWNER TO "shop_app";
      REVOKE ALL ON SCHEMA public FROM PUBLIC;

      CREATE DATABASE "temporal" OWNER "temporal" ENCODING 'UTF8' TEMPLATE template0;
      REVOKE ALL ON DATABASE "temporal" FROM PUBLIC;
      \\connect "temporal"
      ALTER SCHEMA public OWNER TO "temporal";
      REVOKE ALL ON SCHEMA public FROM PUBLIC;

      CREATE DATABASE "temporal_visibility" OWNER "temporal" ENCODING 'UTF8' TEMPLATE template0;
      REVOKE ALL ON DATABASE "temporal_visibility" FROM PUBLIC;
      \\connect "temporal_visibility"
      ALTER SCHEMA public OWNER TO "temporal";
      REVOKE ALL ON SCHEMA public FROM PUBLIC;
      CREATE EXTENSION "btree_gin";
      "
    `)
    expect(databaseSql(planWith({}), () => '')).toBeUndefined()
  })
  test.each([
    [
      'an unknown database',
      { databases: { shp: { name: 'x' } } },
      /databases\.shp\n.*"shp" is not a database of this plan; known: .*shop.*\n.*did you mean "shop"/,
    ],
    [
      'two databases in one',
      { databases: { temporal_visibility: { name: 'temporal' } } },
      /temporal_visibility\n.*is "temporal" on the server, and so is temporal/,
    ],
    ['two users with one password', { databases: { temporal: { user: 'main' } } }, /temporal_visibility\n.*has the user "temporal", and temporal has "main"/],
  ])('refuses %s', (_, more, expected) => {
    expect(() => planWith({ postgresql: { external: { host: 'db.example.com', ...more } } })).toThrow(expected)
  })
  test('keeps the budget of connections', () => {
    expect(() => planWith({ postgresql: { ...postgresql, maxConnections: 100 } })).toThrow(
      /postgresql\.maxConnections\n.*is 100, but Temporal's pools may open 150/,
    )
  })
})
