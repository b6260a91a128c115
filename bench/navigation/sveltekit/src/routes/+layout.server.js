import { readSite } from '../../../layer9/app/services/guide.ts'

export const load = () => readSite()
