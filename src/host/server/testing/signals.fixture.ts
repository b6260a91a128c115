// A server in a process of its own, for the tests of how it ends.
import { onDispose, text } from '../../../2-platform/index.ts'
import { createServer, endOnSignals, outliveFaults } from '../index.ts'

const server = createServer({
  handler: (incoming) => {
    if (incoming.path === '/slow') return new Promise(() => {})
    if (incoming.path === '/forgotten') void Promise.reject(null)
    if (incoming.path === '/late')
      setTimeout(() => {
        throw new Error('too late')
      })
    return text('ok')
  },
  options: { onReply: () => {} },
})
onDispose(() => void process.stdout.write('disposed\n'))
endOnSignals(server)
const { port } = await server.listen(0)
outliveFaults((error) => process.stdout.write(`outlived ${error}\n`))
process.send!({ port })
process.disconnect()
