// Creates the missing topics of topics.yaml; run once per deployment and after every upgrade, before the services start.
//   KAFKA_BROKERS       host:port,host:port
//   DR_TOPIC_PREFIX     as the services have it; empty in production
//   DR_TOPIC_REPLICAS   replicas where the cluster has fewer brokers than the list asks for
import { readFileSync } from 'node:fs'
import { createTopics, topicSpecsOf } from '@dual-random/messaging'
import { parse } from 'yaml'

const { KAFKA_BROKERS, DR_TOPIC_PREFIX = '', DR_TOPIC_REPLICAS } = process.env
if (!KAFKA_BROKERS) throw new Error('KAFKA_BROKERS: 缺少 (missing)')

const list = parse(readFileSync(new URL('topics.yaml', import.meta.url), 'utf8'))
const specs = topicSpecsOf(list, DR_TOPIC_REPLICAS ? Number(DR_TOPIC_REPLICAS) : undefined)
await createTopics(KAFKA_BROKERS.split(','), DR_TOPIC_PREFIX, specs)
console.log(`${specs.length} 个主题就绪 / topics are there`)
