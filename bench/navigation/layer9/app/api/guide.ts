import { query } from 'layer9/api'
import { NotFound } from 'layer9/contracts'
import { everyone } from 'layer9/middleware'
import { PageName } from '~/contracts/page-name'
import { readPage, readSite } from '~/services/guide'

export const getSite = query({ access: everyone, handler: readSite })

export const getPage = query({
  access: everyone,
  input: PageName,
  handler: ({ input }) => {
    const page = readPage(input.name)
    if (!page) throw new NotFound('page')
    return page
  },
})
