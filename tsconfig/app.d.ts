/** What an app's modules may import besides code: styles and assets, as Vite serves them. */
/// <reference types="vite/client" />
/** Node's own modules, for the layers below the wire; the layer rules keep them there. */
/// <reference types="node" />
export {}
