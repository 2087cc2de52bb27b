import { describe, expect, it } from 'vitest'
import { proxiedStore } from './proxied-servers.ts'

describe('proxiedStore', () => {
  it('gives the URI with the proxy instead of the server, and keeps drivers with it', async () => {
    const { proxy, uri } = await proxiedStore('mongodb://user:word@localhost:27017/things?retryWrites=false')
    expect(uri).toBe(`mongodb://user:word@${proxy.addresses[0]}/things?retryWrites=false&directConnection=true`)
    await proxy.close()
  })
})
