// A server in a process of its own, for the tests of how it ends.
import { onDispose, text } from '../../../2-platform/index.ts'
import { createServer, endOnSignals } from '../index.ts'

const server = createServer({
  handler: (incoming) => (incoming.path === '/slow' ? new Promise(() => {}) : text('ok')),
  options: { onReply: () => {} },
})
onDispose(() => void process.stdout.write('disposed\n'))
endOnSignals(server)
const { port } = await server.listen(0)
process.send!({ port })
process.disconnect()
