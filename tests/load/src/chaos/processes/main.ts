import { flushCompileCache } from 'node:module'
import { assertNever } from '@dual-random/kernel'
import { runMain, type Service } from '@dual-random/runtime'
import { roleOf } from '../plan/parts.ts'
import { openConsumer } from './consumer.ts'
import { openRelay } from './relay.ts'
import { openService } from './service.ts'
import type { ProcessSettings } from './settings.ts'

const settings = JSON.parse(process.argv[2] ?? '') as ProcessSettings

// A process that is killed does not write it at its end.
flushCompileCache()

await runMain(settings.name, () => open(settings))

function open(told: ProcessSettings): Promise<Service> {
  const role = roleOf(told.name)
  switch (role) {
    case 'service':
      return openService(told)
    case 'relay':
      return openRelay(told)
    case 'first':
    case 'second':
      return openConsumer(told, role)
    default:
      return assertNever(role)
  }
}
