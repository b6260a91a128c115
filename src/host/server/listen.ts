import type { AddressInfo, Server } from 'node:net'
import { errors } from './errors.ts'

/** Where a server listens. */
export interface ListenAddress {
  readonly host: string
  readonly port: number
  /** As one would type it: `http://localhost:3000`. */
  readonly url: string
}

/** Listens; port 0 takes a free one. @throws SERVER_PORT_TAKEN, SERVER_PORT_REFUSED */
export async function listen(server: Server, port: number, host: string): Promise<ListenAddress> {
  await new Promise<void>((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') reject(errors.SERVER_PORT_TAKEN({ host, port }))
      else reject(errors.SERVER_PORT_REFUSED({ host, port, reason: error.message }, { cause: error }))
    }
    server.once('error', fail)
    server.listen(port, host, () => {
      server.off('error', fail)
      resolve()
    })
  })
  const address = server.address() as AddressInfo
  const shown = host === '127.0.0.1' || host === '0.0.0.0' || host === '::' || host === '::1' ? 'localhost' : host
  return {
    host: address.address,
    port: address.port,
    url: `http://${shown.includes(':') ? `[${shown}]` : shown}:${address.port}`,
  }
}
