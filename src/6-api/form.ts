// Form bodies, read within bounds. Files are refused in plain words until uploads exist.
import { Invalid, Outcome, type ReadTextOptions, readText } from '../1-contracts/index.ts'
import type { Incoming } from '../2-platform/index.ts'
import { refuseEncoded } from './content-encoding.ts'
import type { Definition } from './procedure.ts'

const MOST_FIELDS = 1000
const MOST_PARTS = 1000

/**
 * Reads the fields of a posted form, urlencoded or multipart, in order.
 *
 * @throws Outcome NOT_A_FORM, ENCODING_UNSUPPORTED (415), MALFORMED (400), PayloadTooLarge, Invalid for files
 * @example
 * const form = await readForm(incoming)
 * form.get('$action')
 */
export async function readForm(incoming: Incoming): Promise<URLSearchParams> {
  refuseEncoded(incoming)
  const header = incoming.headers['content-type']
  const type = typeof header === 'string' ? header : ''
  const media = type.split(';', 1)[0]!.trim().toLowerCase()
  if (media === 'application/x-www-form-urlencoded') return parseUrlencoded(decodeText(await incoming.body()))
  if (media === 'multipart/form-data') return parseMultipart(await incoming.body(), readBoundary(type))
  throw new Outcome({ status: 415, code: 'NOT_A_FORM', message: 'Send a form, urlencoded or multipart.' })
}

function malformed(message: string): Outcome {
  return new Outcome({ status: 400, code: 'MALFORMED', message })
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw malformed('The body is not UTF-8.')
  }
}

function parseUrlencoded(text: string): URLSearchParams {
  let fields = 1
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) fields++
  if (fields > MOST_FIELDS) throw malformed(`The form has more than ${MOST_FIELDS} fields.`)
  return new URLSearchParams(text)
}

/** RFC 2046 §5.1.1: 1 to 70 characters of a small set; a browser quotes none of those that it uses. */
function readBoundary(type: string): string {
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([A-Za-z0-9'()+_,./:=?-]{1,70}))\s*(?:;|$)/i.exec(type)
  if (!match) throw malformed('The multipart body names no boundary.')
  return match[1] ?? match[2]!
}

/**
 * RFC 7578, as browsers write it. The bytes are looked at as latin1, so that positions are those of bytes and no
 * decoding can move a boundary; names and values are decoded as UTF-8 once cut out.
 */
function parseMultipart(body: Uint8Array, boundary: string): URLSearchParams {
  const text = `\r\n${Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1')}`
  const parts = text.split(`\r\n--${boundary}`, MOST_PARTS + 3)
  // What comes before the first boundary and after the last one are no parts.
  if (parts.length > MOST_PARTS + 2) throw malformed(`The form has more than ${MOST_PARTS} parts.`)
  if (parts.length < 2 || !/^--[ \t]*(\r\n|$)/.test(parts.at(-1)!))
    throw malformed('The multipart body does not end with its boundary.')
  const form = new URLSearchParams()
  for (const part of parts.slice(1, -1)) readPart(part, form)
  return form
}

function readPart(part: string, form: URLSearchParams): void {
  const split = part.indexOf('\r\n\r\n')
  if (split < 0 || split > 8192 || !/^[ \t]*\r\n/.test(part)) throw malformed('A part of the form has no header.')
  const header = part.slice(0, split + 2)
  const disposition = /\r\ncontent-disposition:[ \t]*form-data;([^\r\n]*)\r\n/i.exec(header)?.[1] ?? ''
  const name = /(?:^|;)[ \t]*name="([^"]*)"/i.exec(disposition)?.[1]
  if (name === undefined) throw malformed('A part of the form has no name.')
  const value = part.slice(split + 4)
  const file = /(?:^|;)[ \t]*filename(\*?)=(?:"([^"]*)")?/i.exec(disposition)
  if (file) {
    // A file input that was left empty sends a part without name and bytes.
    if (file[2] === '' && value === '' && file[1] === '') return
    throw new Invalid({ [decodeName(name)]: 'Files are not accepted here.' })
  }
  form.append(decodeName(name), decodeText(Buffer.from(value, 'latin1')))
}

/** Browsers escape quotes and line breaks of a name (HTML, multipart/form-data encoding algorithm). */
function decodeName(name: string): string {
  const text = decodeText(Buffer.from(name, 'latin1'))
  return text.replace(/%22|%0D|%0A/gi, (found) => decodeURIComponent(found))
}

/**
 * The input that a form or a URL stands for, read by the schema of a query or action. Names that begin with `$` are the
 * framework's, and left out.
 *
 * @throws Layer9Error SCHEMA_NOT_READABLE
 */
export function readInput(
  { input, id }: Pick<Definition, 'input' | 'id'>,
  fields: Iterable<readonly [string, string]>,
  from: ReadTextOptions['from'],
): Record<string, unknown> {
  const own = Array.from(fields).filter(([name]) => name[0] !== '$')
  // Without a schema there is no input: whether anything was given is all that is asked.
  return input ? readText(input, own, { from, name: `The input of ${id}` }) : Object.fromEntries(own)
}
