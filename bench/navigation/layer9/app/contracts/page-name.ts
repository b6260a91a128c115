import type { StandardSchema } from 'layer9/contracts'

/** What names a page: `page-0` to `page-199`. */
export const PageName: StandardSchema<{ name: string }> = {
  '~standard': {
    version: 1,
    vendor: 'bench',
    validate: (value) => {
      const { name } = Object(value) as { name?: unknown }
      return typeof name === 'string' ? { value: { name } } : { issues: [{ message: 'Name a page.', path: ['name'] }] }
    },
  },
}
