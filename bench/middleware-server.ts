// The JSON endpoint of bench/app with its api and the ingress, and around them the default chain or nothing: `CHAIN=on`
// or `CHAIN=off`. What differs is what the chain costs.
import type { Handler } from '../src/2-platform/index.ts'
import { createApi } from '../src/6-api/index.ts'
import { createPassage } from '../src/9-routes/passage.ts'
import { createServer } from '../src/host/server/index.ts'
import { hello } from './app/app/api/hello.ts'

const api = createApi({ hello: { hello } })
const answer: Handler = (incoming) => api.handle(incoming) ?? { status: 404, headers: {}, body: null }
const handler = process.env.CHAIN === 'on' ? createPassage(answer, { rateLimit: 100_000_000 }) : answer
await createServer({ handler, options: { onReply: () => {} } }).listen(Number(process.env.PORT), process.env.HOST)
