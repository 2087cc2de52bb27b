import { MongoClient } from 'mongodb'

/** The connection string of one server, without discovery: a proxy or a container's port map would break it. */
export const storeUri = (host: string, port: number): string => `mongodb://${host}:${port}/?directConnection=true`

/** Whether the store at the address answers `ping` within a second. */
export async function storeAnswers(uri: string): Promise<boolean> {
  try {
    await withClient(uri, (client) => client.db('admin').command({ ping: 1 }))
    return true
  } catch {
    return false
  }
}

/** Makes a fresh `mongod --replSet rs0` its own primary; true once it takes writes. */
export async function becomePrimary(uri: string): Promise<boolean> {
  try {
    return await withClient(uri, async (client) => {
      const admin = client.db('admin')
      const hello = await admin.command({ hello: 1 })
      if (hello['setName'] === undefined) {
        await admin.command({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: 'localhost:27017' }] } })
      }
      return hello['isWritablePrimary'] === true
    })
  } catch {
    return false
  }
}

async function withClient<T>(uri: string, use: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 1000, connectTimeoutMS: 1000, socketTimeoutMS: 5000 })
  try {
    return await use(client)
  } finally {
    await client.close()
  }
}
