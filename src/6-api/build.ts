// The build's door of the api: api modules as the browser gets them.
export { buildErrors } from './build-errors.ts'
export { apiPlugin } from './build-plugin.ts'
export { checkAccess } from './check-access.ts'
export { compileStub } from './compile-stub.ts'
