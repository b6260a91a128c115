/** What of Vite's `import.meta.hot` is used here. */
export interface Hot {
  on(event: string, listener: (data: never) => void): void
  send(event: string, data: unknown): void
}
