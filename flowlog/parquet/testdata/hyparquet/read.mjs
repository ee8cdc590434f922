// Prints what hyparquet reads in the Parquet file that is named on the command line, as JSON: the columns with their
// types, the codecs, and the rows. Numbers of 64 bits are text that ends in "n", so that they can be told from others.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'

const bytes = readFileSync(process.argv[2])
const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
const metadata = parquetMetadata(file)
const columns = metadata.schema.slice(1).map(({ name, type, converted_type, repetition_type }) => ({
  name, type, converted: converted_type ?? '', repetition: repetition_type,
}))
const codecs = [...new Set(metadata.row_groups.flatMap(g => g.columns.map(c => c.meta_data.codec)))]
const rows = await parquetReadObjects({ file, metadata, compressors: { GZIP: input => gunzipSync(input) } })
process.stdout.write(JSON.stringify({
  columns, codecs,
  rows: rows.map(row => columns.map(({ name }) => typeof row[name] === 'bigint' ? `${row[name]}n` : row[name] ?? null)),
}))
