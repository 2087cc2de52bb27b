// Apart from the rest of this package, because unit tests read it and shall not load the clients of broker and store.
export { calendarOf } from './shipped-calendar.ts'
export { changed, policyOf } from './shipped-policies.ts'
export { valueOf } from './value-of.ts'
