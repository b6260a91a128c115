// Bodies are read as they come: what is compressed would be taken for something else, or unpack without end.
import { Outcome } from '../1-contracts/index.ts'
import type { Incoming } from '../2-platform/index.ts'

/**
 * Refuses a body that says it is encoded, whatever its bytes are: whoever stands in front of us would read another body
 * than we do (RFC 9110 §8.4, §15.5.16).
 *
 * @throws Outcome ENCODING_UNSUPPORTED (415)
 */
export function refuseEncoded({ headers }: Incoming): void {
  const encoding = headers['content-encoding']
  if (encoding === undefined || /^[ \t]*(?:identity)?[ \t]*$/i.test(String(encoding))) return
  throw new Outcome({
    status: 415,
    code: 'ENCODING_UNSUPPORTED',
    message: 'Send the body as it is, without content-encoding.',
  })
}
