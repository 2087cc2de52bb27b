import { askTool } from './tools.ts'

export type EngineAnswer = { readonly answers: true } | { readonly answers: false; readonly reason: string }

/** Whether a container engine answers `docker info` within 5 s. */
export async function containerEngine(env: NodeJS.ProcessEnv): Promise<EngineAnswer> {
  const info = await askTool('docker', ['info', '--format', '{{.ServerVersion}}'], env, 5000)
  return info.found ? { answers: true } : { answers: false, reason: `docker: ${info.reason}` }
}
