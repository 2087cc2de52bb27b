import { transportBehaviour } from '@dual-random/testkit'
import { KafkajsTransport, PausePartition } from '../src/index.ts'

transportBehaviour(
  'kafkajs',
  (address) => new KafkajsTransport(address),
  (pauseMs, cause) => new PausePartition(pauseMs, cause),
)
