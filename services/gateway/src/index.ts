export { createGatewayService } from './service.ts'
