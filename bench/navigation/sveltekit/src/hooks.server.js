import { readSite } from '../../layer9/app/services/guide.ts'

// The template of a new project has `hover`; without it nothing is asked for before the click.
const options = readSite().prefetch
  ? {}
  : { transformPageChunk: ({ html }) => html.replace('data-sveltekit-preload-data="hover"', '') }

export const handle = async ({ event, resolve }) => await resolve(event, options)
