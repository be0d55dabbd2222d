import { describe, expect, test } from 'vitest'
import { query, type Login } from '../support/database.ts'

const SUPERUSER: Login = { user: 'postgres', secret: 'postgresql-superuser', database: 'postgres' }
const ORDERS: Login = { user: 'orders', secret: 'orders-database', database: 'orders' }
const TEMPORAL: Login = { user: 'temporal', secret: 'temporal-database', database: 'temporal' }

describe.each<[string, Login]>([
  ['the superuser', SUPERUSER],
  ["an application's role", ORDERS],
  ["Temporal's role", TEMPORAL],
])('%s', (_who, login) => {
  test('logs in over TLS with its password', async () => {
    expect(await query(login)).toEqual({ rows: [{ user: login.user, database: login.database }] })
  })
  test('does not log in without TLS', async () => {
    expect(await query({ ...login, tls: false })).toEqual({
      code: '28000',
      message: expect.stringMatching(/no pg_hba\.conf entry for host "127\.0\.0\.1".*no encryption/),
    })
  })
  test('does not log in with a wrong password', async () => {
    expect(await query({ ...login, password: 'wrong' })).toEqual({ code: '28P01', message: `password authentication failed for user "${login.user}"` })
  })
  test('is asked for a password by a method that does not send it', async () => {
    // The driver's words when the server begins SCRAM and there is nothing to prove.
    expect(await query({ ...login, password: undefined })).toMatchObject({ message: expect.stringContaining('SCRAM-SERVER-FIRST-MESSAGE') })
  })
})

test.each<[string, string, Login]>([
  ["an application's role", 'temporal', ORDERS],
  ["an application's role", 'temporal_visibility', ORDERS],
  ["an application's role", 'postgres', ORDERS],
  ["an application's role", 'template1', ORDERS],
  ["Temporal's role", 'orders', TEMPORAL],
  ["Temporal's role", 'postgres', TEMPORAL],
  ["Temporal's role", 'template1', TEMPORAL],
])('%s may not connect to %s', async (_who, database, login) => {
  expect(await query({ ...login, database })).toEqual({ code: '42501', message: `permission denied for database "${database}"` })
  expect(await query(login)).toMatchObject({ rows: [{ user: login.user }] })
})

test.each<[string, string, string]>([
  ['make a role', 'CREATE ROLE intruder', 'permission denied to create role'],
  ['make a database', 'CREATE DATABASE intruder', 'permission denied to create database'],
  ["become Temporal's role", 'SET ROLE temporal', 'permission denied to set role "temporal"'],
  ['read the passwords', 'SELECT rolpassword FROM pg_authid', 'permission denied for table pg_authid'],
  ['read a file of the server', "SELECT pg_read_file('pg_hba.conf')", 'permission denied for function pg_read_file'],
  [
    'run a program',
    "COPY (SELECT 1) TO PROGRAM 'true'",
    'must be superuser or have privileges of the pg_execute_server_program role to COPY to or from an external program',
  ],
])("an application's role may not %s", async (_what, sql, message) => {
  expect(await query(ORDERS, sql)).toEqual({ code: '42501', message })
})

test('there is no other way in: each rule asks for TLS and a proof of the password, and there is no local socket', async () => {
  expect(
    await query(SUPERUSER, `SELECT type, auth_method FROM pg_hba_file_rules WHERE type <> 'hostssl' OR auth_method <> 'scram-sha-256' OR error IS NOT NULL`),
  ).toEqual({ rows: [] })
  expect(await query(SUPERUSER, 'SELECT count(*)::int AS rules FROM pg_hba_file_rules')).toEqual({ rows: [{ rules: 2 }] })
  expect(await query(SUPERUSER, 'SHOW unix_socket_directories')).toEqual({ rows: [{ unix_socket_directories: '' }] })
  expect(
    await query(SUPERUSER, `SELECT rolname FROM pg_authid WHERE rolcanlogin AND rolpassword NOT LIKE 'SCRAM-SHA-256$%' OR rolsuper AND rolname <> 'postgres'`),
  ).toEqual({ rows: [] })
})

test('a client that trusts another root does not talk to it', async () => {
  expect(await query({ ...ORDERS, trusts: 'client' })).toMatchObject({
    code: expect.stringMatching(/UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE/),
  })
})
