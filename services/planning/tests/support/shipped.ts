import { calendarOf, policyOf } from '@dual-random/testkit/shipped'

export { changed, valueOf } from '@dual-random/testkit/shipped'

export const fourCoalCities = policyOf('local/four-coal-cities')
export const heilongjiang = policyOf('heilongjiang')
export const samr2024 = policyOf('samr-2024')
export const samrDraft = policyOf('samr-2023-draft')
export const shanghai = policyOf('shanghai-2019')
export const shaoxing = policyOf('shaoxing-2019-draft')

export const shippedCalendar = calendarOf()
