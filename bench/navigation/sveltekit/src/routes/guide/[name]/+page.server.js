import { error } from '@sveltejs/kit'
import { readPage } from '../../../../../layer9/app/services/guide.ts'

export const load = ({ params }) => ({ page: readPage(params.name) ?? error(404) })
