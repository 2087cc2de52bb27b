import type { ChannelOptions } from '@grpc/grpc-js'

/** In each direction; bulk goes by server stream, so no message needs more. */
export const messageLimitBytes = 4 * 1024 * 1024

export const channelOptions = {
  'grpc.keepalive_time_ms': 30_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.max_receive_message_length': messageLimitBytes,
  'grpc.max_send_message_length': messageLimitBytes,
} as const satisfies ChannelOptions

/** Whether a host is this machine alone; plaintext is refused elsewhere. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
