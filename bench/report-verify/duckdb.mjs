// duckdb.mjs FILE [key] [THREADS]: the checks of register/reports/REQUESTS as one query of DuckDB
// over FILE, on one thread unless told otherwise. Prints "RULE COUNT" lines, `rows` first, as
// generate does; with `key` also how many rows repeat a request_id.
import {DuckDBInstance} from '@duckdb/node-api'

const [file, ...more] = process.argv.slice(2)
const keyed = more.includes('key')
const threads = more.find((word) => /^\d+$/.test(word)) ?? '1'

const columns = [
  'request_id', 'serial', 'received_at', 'due_on', 'state', 'attempts',
  'size', 'cost', 'share', 'urgent', 'party', 'note',
]

// Each rule: conditions on one cell, one column each. What is no value is no other fault.
const matches = (column, pattern) => `NOT regexp_full_match(${column}, '${pattern}')`
const isNo = (type, column) => `${column} IS NOT NULL AND TRY_CAST(${column} AS ${type}) IS NULL`
const rules = {
  pattern: [
    matches('request_id', 'REQ[0-9]{10}'),
    matches('serial', '[0-9A-F]{32}'),
    matches('party', '[A-Z]{4}'),
  ],
  type: [
    isNo('TIMESTAMPTZ', 'received_at'),
    isNo('DATE', 'due_on'),
    isNo('BIGINT', 'attempts'),
    isNo('BIGINT', 'size'),
    isNo('DECIMAL(18,6)', 'cost'),
    isNo('DECIMAL(18,6)', 'share'),
    "urgent NOT IN ('true', 'True', 'TRUE', '1', 'false', 'False', 'FALSE', '0')",
  ],
  required: ['request_id', 'serial', 'received_at', 'due_on', 'state', 'party'].map(
    (column) => `${column} IS NULL`,
  ),
  enum: ["state NOT IN ('pending', 'in_use', 'expired', 'revoked')"],
  minimum: [
    'TRY_CAST(attempts AS BIGINT) < 0',
    'TRY_CAST(size AS BIGINT) < 0',
    'TRY_CAST(cost AS DECIMAL(18,6)) < 0',
    'TRY_CAST(share AS DECIMAL(18,6)) < 0',
  ],
  maximum: ['TRY_CAST(attempts AS BIGINT) > 50', 'TRY_CAST(share AS DECIMAL(18,6)) > 1'],
  'max-length': ['length(note) > 60'],
}

const sums = Object.entries(rules).map(
  ([rule, cells]) => cells.map((cell) => `count_if(${cell})`).join(' + ') + ` AS "${rule}"`,
)
if (keyed) sums.push('count(request_id) - count(DISTINCT request_id) AS "primary-key"')

const types = columns.map((column) => `'${column}': 'VARCHAR'`).join(', ')
const query = `SELECT count(*) AS rows, ${sums.join(',\n  ')}
FROM read_csv('${file.replaceAll("'", "''")}', columns = {${types}}, auto_detect = false,
  header = true, delim = ',', quote = '"', escape = '"', new_line = '\\n')`

const database = await DuckDBInstance.create(':memory:')
const connection = await database.connect()
await connection.run(`SET threads TO ${threads}`)
await connection.run("SET TimeZone = 'UTC'").catch(() => undefined)
const reader = await connection.runAndReadAll(query)
for (const [rule, count] of Object.entries(reader.getRowObjects()[0]))
  console.log(`${rule} ${count}`)
