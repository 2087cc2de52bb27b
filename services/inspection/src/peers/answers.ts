import { type AppError, appError } from '@dual-random/errors'
import { type LocalDate, parseLocalDate } from '@dual-random/kernel'
import type { Window } from '../domain/visit.ts'

export const incomplete = (service: string, field: string): AppError =>
  appError('internal', 'peer-answer-incomplete', { meta: { service, field } })

/** An answer without what a task needs is of no use, whoever left it out. */
export function required<T>(value: T | undefined, service: string, field: string): T {
  if (value === undefined || value === '') throw incomplete(service, field)
  return value
}

export function windowOf(window: { readonly start: string; readonly end: string } | undefined, service: string, field: string): Window {
  const dateOf = (text: string | undefined): LocalDate => required(parseLocalDate(text ?? ''), service, field)
  return { start: dateOf(window?.start), end: dateOf(window?.end) }
}
