import { createWriteStream, renameSync, rmSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fetch, type Response } from 'undici'
import { CommandError } from './command.ts'
import type { RegistryConfig } from './config.ts'
import { reasonOf } from './reason-of.ts'
import { text } from './text.ts'

/** Registry may stand behind a gateway, under a path of its own. */
export const urlOf = ({ DR_REGISTRY_URL: base }: RegistryConfig, path: string): string => `${base.replace(/\/+$/, '')}${path}`

const patienceMs = 30_000

/** What registry answers to a reading, as JSON; throws a `CommandError` that says why there is no answer. */
export async function jsonAt(registry: RegistryConfig, path: string): Promise<unknown> {
  const url = urlOf(registry, path)
  const response = await answerAt(registry, url, AbortSignal.timeout(patienceMs))
  return await response.json().catch(() => {
    throw new CommandError(text(`${url} 的回答不是 JSON，不像登记服务`, `${url} answers no JSON, and so is no registry`))
  })
}

/** Saves what registry answers, and says how many bytes; the file is there once it is whole. Throws a `CommandError` as `jsonAt` does. */
export async function saveAt(registry: RegistryConfig, path: string, file: string, onBytes: (soFar: number) => void): Promise<number> {
  const url = urlOf(registry, path)
  const { body } = await answerAt(registry, url)
  const part = `${file}.part`
  let bytes = 0
  async function* counted(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      onBytes((bytes += piece.length))
      yield piece
    }
  }
  try {
    await pipeline(Readable.from(body ?? []), counted, createWriteStream(part))
    renameSync(part, file)
  } catch (error) {
    rmSync(part, { force: true })
    const why = reasonOf(error)
    throw new CommandError(text(`没有存成 ${file}：${why}`, `${file} was not saved: ${why}`))
  }
  return bytes
}

async function answerAt(registry: RegistryConfig, url: string, signal?: AbortSignal): Promise<Response> {
  const headers = { authorization: `Bearer ${registry.DR_TOKEN}` }
  const response = await fetch(url, { headers, ...(signal && { signal }) }).catch((error: unknown) => {
    const why = reasonOf(error)
    throw new CommandError(text(`连不上登记服务 ${url}：${why}`, `registry cannot be reached at ${url}: ${why}`))
  })
  if (!response.ok) throw await refusalOf(response, url)
  return response
}

async function refusalOf(response: Response, url: string): Promise<CommandError> {
  const { status } = response
  const { code, detail } = (await response.json().catch(() => ({}))) as { readonly code?: string; readonly detail?: string }
  if (status === 401)
    return new CommandError(
      text(
        `登记服务不认令牌：DR_TOKEN 无效或已过期（${url}）`,
        `registry does not take the token: DR_TOKEN is wrong or has expired (${url})`,
      ),
    )
  const why = [detail, code === undefined ? undefined : `(${code})`].filter((part) => part !== undefined).join(' ')
  return new CommandError(text(`${url} 回答 ${status} ${why}`.trim(), `${url} answered ${status} ${why}`.trim()))
}
