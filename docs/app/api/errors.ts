import { query } from 'layer9/api'
import { everyone } from 'layer9/middleware'
import { CodeName } from '~/contracts/error-code'
import { allErrors, findError } from '~/services/errors'

export const listErrors = query({ access: everyone, handler: () => allErrors() })

export const getError = query({ access: everyone, input: CodeName, handler: ({ input }) => findError(input.code) })
