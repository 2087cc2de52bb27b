import { baseConfig, readConfig } from '@dual-random/runtime'
import * as z from 'zod'
import { type Text, text } from './text.ts'

export const cliConfig = (env: NodeJS.ProcessEnv) =>
  readConfig(
    {
      KAFKA_BROKERS: baseConfig.KAFKA_BROKERS,
      DR_TOPIC_PREFIX: baseConfig.DR_TOPIC_PREFIX,
      /** Replicas where the cluster has fewer brokers than the topic list asks for. */
      DR_TOPIC_REPLICAS: z.coerce.number().int().min(1).max(32_767).optional(),
    },
    env,
  )

export type CliConfig = ReturnType<typeof cliConfig>

/** Environment variables by name, each with what it says. */
export type Variables = readonly (readonly [name: string, about: Text])[]

export const brokerVariables: Variables = [
  ['KAFKA_BROKERS', text('消息系统地址 host:port,host:port', 'the brokers')],
  ['DR_TOPIC_PREFIX', text('主题名前缀，与各服务一致，默认为空', 'before every topic, as the services have it; empty by default')],
  ['DR_TOPIC_REPLICAS', text('集群节点少于清单要求时的副本数', 'replicas where the cluster has fewer brokers than the list asks for')],
]

export const tokenVariable: Variables = [
  ['DR_TOKEN', text('登录令牌（网关 POST /v1/sessions 所发）', 'the token of a session, as the gateway gave it (POST /v1/sessions)')],
]

export const registryVariables: Variables = [
  ['DR_REGISTRY_URL', text('登记服务地址，如 http://127.0.0.1:8081', 'registry, as in http://127.0.0.1:8081')],
  ...tokenVariable,
]

export const registryConfig = (env: NodeJS.ProcessEnv) => readConfig({ DR_REGISTRY_URL: z.url(), DR_TOKEN: z.string().min(1) }, env)

export type RegistryConfig = ReturnType<typeof registryConfig>

export const planningVariables: Variables = [
  [
    'DR_PLANNING_URL',
    text('计划服务地址，如 http://127.0.0.1:8082；--dry-run 不需要', 'planning, as in http://127.0.0.1:8082; not for --dry-run'),
  ],
  ...tokenVariable,
]

export const planningConfig = (env: NodeJS.ProcessEnv) => readConfig({ DR_PLANNING_URL: z.url(), DR_TOKEN: z.string().min(1) }, env)

export type PlanningConfig = ReturnType<typeof planningConfig>
