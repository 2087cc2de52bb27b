import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ApiError } from './api.ts'
import { type SignInDesk, startSignInDesk } from './sign-in-desk.ts'

describe('the sign-in desk', () => {
  let desk: SignInDesk
  beforeEach(async () => {
    desk = await startSignInDesk(['clerk', 'auditor'], (account) => ({
      token: () => (account === 'clerk' ? Promise.resolve('the-token') : Promise.reject(new ApiError('POST', '/v1/sessions', 403, {}))),
    }))
  })
  afterEach(() => desk[Symbol.asyncDispose]())

  const get = async (path: string) => {
    const response = await fetch(`${desk.url}${path}`)
    return { status: response.status, text: await response.text() }
  }

  it('names the accounts and gives the token of one', async () => {
    expect(await get('/')).toEqual({ status: 200, text: 'auditor\nclerk\n' })
    expect(await get('/clerk')).toEqual({ status: 200, text: 'the-token\n' })
  })

  it('gives nothing to who has no account, and says why one is refused', async () => {
    expect((await get('/nobody')).status).toBe(404)
    expect(await get('/auditor')).toMatchObject({ status: 403, text: expect.stringContaining('/v1/sessions') as unknown })
  })
})
