/** What modules above the wire know beside the DOM: styles and assets, as Vite serves them. */
/// <reference types="vite/client" />
export {}
