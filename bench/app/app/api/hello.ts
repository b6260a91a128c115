import { endpoint } from 'layer9/api'
import { everyone } from 'layer9/middleware'

export const hello = endpoint('GET /api/hello', {
  access: everyone,
  handler: () => Response.json({ message: 'Hello, World!', items: [1, 2, 3] }),
})
