import { query } from 'layer9/api'
import { everyone } from 'layer9/middleware'

export const hello = query({
  access: everyone,
  route: 'GET /api/hello',
  handler: () => ({ message: 'Hello, World!', items: [1, 2, 3] }),
})
