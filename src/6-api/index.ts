// The door of the api: what crosses the wire. Server only; in the browser a module of app/api is stubs (browser.ts).
export { type Api, type ApiEntry, type ApiOptions, createApi, type FormResult, register } from './api.ts'
export { type Endpoint, type EndpointArguments, type EndpointOptions, endpoint, isEndpoint } from './endpoint.ts'
export { readForm } from './form.ts'
export {
  action,
  type Definition,
  definitionOf,
  guardsDecided,
  type HandlerArguments,
  type Procedure,
  type ProcedureKind,
  type ProcedureOptions,
  query,
} from './procedure.ts'
export type { Part, Route } from './route-pattern.ts'
