import { defineErrors, type ErrorCatalogue, type ErrorEntry } from '../../1-contracts/index.ts'

type ServerErrors = {
  SERVER_PORT_TAKEN: ErrorEntry<{ host: string; port: number }>
  SERVER_PORT_REFUSED: ErrorEntry<{ host: string; port: number; reason: string }>
}

const entries: ServerErrors = {
  SERVER_PORT_TAKEN: {
    message: ({ host, port }) => `Port ${port} on ${host} is taken by another program.`,
    fix: () => 'End that program, or set PORT to a free port.',
  },
  SERVER_PORT_REFUSED: {
    message: ({ host, port, reason }) => `The server may not listen on port ${port} of ${host}: ${reason}.`,
    fix: () => 'Set HOST to an address of this machine and PORT to a port that you may use (1024 and above).',
  },
}

/** The errors of the server. */
export const errors: ErrorCatalogue<ServerErrors> = defineErrors(entries)
