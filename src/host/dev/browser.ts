// All of the framework that browsers load in development. `npm run build` bundles it into one module, since the sixty
// that it is made of would be sixty requests before the first click; a page's own modules stay as they are.
export * from '../../1-contracts/browser.ts'
export * from '../../1-contracts/index.ts'
export * from '../../6-api/browser.ts'
export * from '../../7-state/index.ts'
export * from '../../8-components/browser.ts'
export * from '../../8-components/index.ts'
export * from '../../8-components/jsx-dev-runtime.ts'
export * from '../../8-components/jsx-runtime.ts'
export * from '../../9-routes/browser.ts'
export * from '../../9-routes/index.ts'
export { startDevClient } from './client.ts'
