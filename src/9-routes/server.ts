// The door for servers: an app's definition in, a handler out.
export { createApp } from './app.ts'
export type { AppDefinition, AppOptions, AssetManifest, CreateApp, RouteModule } from './definition.ts'
