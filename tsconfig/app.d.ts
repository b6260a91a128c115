/** What an app's modules may import besides code: styles and assets, as Vite serves them. */
/// <reference types="vite/client" />
export {}
