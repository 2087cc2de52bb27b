import type { DrawPage, PublicDraw } from './public-draw.ts'

/** An answer that is none of what was asked for. */
export class ApiError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** What passes by itself: a service that starts anew behind the gateway, or is asked for too much at once. */
const passing: ReadonlySet<number> = new Set([502, 503, 504])
const pausesMs = [500, 2000]

/** Everything here is read, so what could not be had for the moment is asked for again, twice. */
async function answerTo(path: string, signal: AbortSignal | undefined): Promise<Response> {
  const response = await fetchedAgain(path, signal === undefined ? {} : { signal })
  if (response.ok) return response
  const problem = (await response.json().catch(() => ({}))) as { readonly detail?: string; readonly title?: string }
  throw new ApiError(response.status, problem.detail ?? problem.title ?? response.statusText)
}

async function fetchedAgain(path: string, init: RequestInit): Promise<Response> {
  for (const pauseMs of pausesMs) {
    const response = await fetch(path, init).catch(unlessAborted)
    if (response !== undefined && !passing.has(response.status)) return response
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  return await fetch(path, init)
}

/** A connection that broke is asked for again, one that its reader gave up is not. */
function unlessAborted(error: unknown): undefined {
  if (error instanceof DOMException && error.name === 'AbortError') throw error
}

const drawing = '/api/drawing/v1/public'

export interface ListQuery {
  readonly regionCode?: string
  readonly year?: number
  readonly after?: string
  readonly limit?: number
}

export async function listDraws(query: ListQuery, signal?: AbortSignal): Promise<DrawPage> {
  const parameters = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]])),
  )
  return (await (await answerTo(`${drawing}/draws?${parameters}`, signal)).json()) as DrawPage
}

/** One draw; undefined where there is none of that id. */
export async function readDraw(drawId: string, signal?: AbortSignal): Promise<PublicDraw | undefined> {
  try {
    return (await (await answerTo(`${drawing}/draws/${drawId}`, signal)).json()) as PublicDraw
  } catch (error) {
    return unlessAbsent(error)
  }
}

export type DrawFile = 'commitment' | 'roster' | 'transcript' | 'openings'

/** Of a draw of several cities, roster and openings of another city than the organiser's by its region. */
export const drawFileUrl = (drawId: string, file: DrawFile, regionCode?: string): string =>
  `${drawing}/draws/${drawId}/${file}${regionCode === undefined ? '' : `?regionCode=${regionCode}`}`

export const checkpointsUrl = (regionCode: string): string => `${regionLogUrl(regionCode)}/checkpoints`

export const regionLogUrl = (regionCode: string): string => `${drawing}/region-logs/${regionCode}`

/** The bytes of a public file as they were hashed. */
export async function bytesAt(url: string, signal?: AbortSignal): Promise<Uint8Array> {
  return new Uint8Array(await (await answerTo(url, signal)).arrayBuffer())
}

/** What is not there is undefined, whatever else goes wrong is thrown. */
export function unlessAbsent(error: unknown): undefined {
  if (error instanceof ApiError && error.status === 404) return undefined
  throw error
}

/** The platform's clock less this machine's, in milliseconds. */
export async function clockOffsetMs(): Promise<number> {
  const askedAt = Date.now()
  const { now } = (await (await answerTo('/v1/clock', undefined)).json()) as { readonly now: string }
  return Date.parse(now) - (askedAt + Date.now()) / 2
}
