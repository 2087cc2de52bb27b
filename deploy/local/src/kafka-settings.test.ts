import { describe, expect, it } from 'vitest'
import { brokerSettings, newClusterId, propertiesText, settingsAsEnvironment } from './kafka-settings.ts'

const settings = brokerSettings({ listen: '0.0.0.0:9092', advertised: '127.0.0.1:20001', controller: 'localhost:9093' })

describe('broker settings', () => {
  it('never creates a topic by accident', () => {
    expect(settings['auto.create.topics.enable']).toBe('false')
  })

  it('are the same for a properties file and for the image', () => {
    expect(propertiesText(settings)).toContain('advertised.listeners=PLAINTEXT://127.0.0.1:20001\n')
    expect(settingsAsEnvironment(settings)).toMatchObject({
      KAFKA_ADVERTISED_LISTENERS: 'PLAINTEXT://127.0.0.1:20001',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
    })
    expect(Object.keys(settingsAsEnvironment(settings))).toHaveLength(Object.keys(settings).length)
  })

  it('have one listener for clients, and another that advertises a proxy where there is one', () => {
    const endpoints = { listen: '127.0.0.1:20001', advertised: '127.0.0.1:20001', controller: '127.0.0.1:20002' }
    expect(brokerSettings(endpoints)).toMatchObject({
      listeners: 'PLAINTEXT://127.0.0.1:20001,CONTROLLER://127.0.0.1:20002',
      'advertised.listeners': 'PLAINTEXT://127.0.0.1:20001',
    })
    const proxied = { listen: '127.0.0.1:20003', advertised: '127.0.0.1:41234' }
    expect(brokerSettings({ ...endpoints, proxied })).toMatchObject({
      listeners: 'PLAINTEXT://127.0.0.1:20001,PROXIED://127.0.0.1:20003,CONTROLLER://127.0.0.1:20002',
      'advertised.listeners': 'PLAINTEXT://127.0.0.1:20001,PROXIED://127.0.0.1:41234',
    })
  })
})

describe('newClusterId', () => {
  it('is a UUID as Kafka writes it, and no option', () => {
    const ids = Array.from({ length: 500 }, newClusterId)
    expect(new Set(ids).size).toBe(500)
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/)
  })
})
