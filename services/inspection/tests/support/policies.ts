import { policyOf } from '@dual-random/testkit/shipped'

export { calendarOf, changed, policyOf, valueOf } from '@dual-random/testkit/shipped'

export const fourCities = policyOf('local/four-coal-cities')
