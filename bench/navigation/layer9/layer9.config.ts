import { defineConfig } from 'layer9/config'

// The limiter stays on, so that its cost is measured; one address may ask as often as a benchmark does.
export default defineConfig({ limits: { requestsPerMinute: 100_000_000 } })
