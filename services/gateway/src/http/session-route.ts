import { type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { type OpenSessionPorts, openSession } from '../app/open-session.ts'

const body = z.object({ idToken: z.string().min(1).max(8192), unitId: z.string().min(1).max(96).optional() })

const session = z.object({
  token: z.string(),
  expiresAt: z.string(),
  subject: z.string(),
  unitId: z.string(),
  regionCode: z.string(),
  roles: z.array(z.string()),
})

export const sessionRoute = (ports: OpenSessionPorts): Route =>
  route({
    method: 'POST',
    path: '/v1/sessions',
    summary: '登录：以外部身份令牌换取平台令牌 / sign in',
    roles: 'public',
    body,
    responses: { 201: session },
    idempotent: false,
    handler: async ({ body: { idToken, unitId } }) => {
      const opened = await openSession(ports, { idToken, unitId })
      const { unitId: boundUnit, regionCode, roles } = opened.binding
      return {
        status: 201,
        body: { token: opened.token, expiresAt: opened.expiresAt, subject: opened.subject, unitId: boundUnit, regionCode, roles },
      }
    },
  })
