// Where nodes live: no public address, nobody comes in. The other subnets are for the apps and for private endpoints.

@description('Azure\'s name of the region.')
param location string

@description('Tags of every resource.')
param tags object

@description('What makes names unique.')
param token string

@description('The network\'s addresses, a /16.')
param addressPrefix string

@description('Whether nodes go out through a NAT gateway with an address of its own, which bills by the hour; else by Azure\'s default outbound access.')
param natGateway bool

resource guard 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-nodes-${token}'
  location: location
  tags: tags
  properties: {
    securityRules: [
      {
        name: 'nobody-comes-in'
        properties: {
          priority: 4096
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
      {
        name: 'nodes-of-one-job'
        properties: {
          priority: 1000
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: cidrSubnet(addressPrefix, 20, 0)
          sourcePortRange: '*'
          destinationAddressPrefix: cidrSubnet(addressPrefix, 20, 0)
          destinationPortRange: '1024-65535' // MASTER_PORT of a job on several nodes
        }
      }
    ]
  }
}

resource address 'Microsoft.Network/publicIPAddresses@2024-05-01' = if (natGateway) {
  name: 'pip-nat-${token}'
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource gateway 'Microsoft.Network/natGateways@2024-05-01' = if (natGateway) {
  name: 'nat-${token}'
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    idleTimeoutInMinutes: 4
    publicIpAddresses: [
      {
        id: address.id
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-${token}'
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [addressPrefix]
    }
    subnets: [
      {
        name: 'nodes'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 20, 0) // 4,091 nodes
          defaultOutboundAccess: !natGateway
          natGateway: natGateway ? { id: gateway.id } : null
          networkSecurityGroup: {
            id: guard.id
          }
        }
      }
      {
        name: 'apps'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 24, 16)
          delegations: [
            {
              name: 'functions'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'inference'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 24, 17)
          delegations: [
            {
              name: 'functions'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'gpu'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 23, 9)
          delegations: [
            {
              name: 'containers'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 24, 20)
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }
}

@description('The network\'s resource id.')
output id string = network.id

@description('The nodes\' subnet: resource id.')
output nodeSubnetId string = resourceId('Microsoft.Network/virtualNetworks/subnets', network.name, 'nodes')

@description('The control app\'s subnet: resource id.')
output appSubnetId string = resourceId('Microsoft.Network/virtualNetworks/subnets', network.name, 'apps')

@description('The inference app\'s subnet: resource id.')
output inferenceSubnetId string = resourceId('Microsoft.Network/virtualNetworks/subnets', network.name, 'inference')

@description('The GPU containers\' subnet: resource id.')
output gpuSubnetId string = resourceId('Microsoft.Network/virtualNetworks/subnets', network.name, 'gpu')

@description('The private endpoints\' subnet: resource id.')
output endpointSubnetId string = resourceId('Microsoft.Network/virtualNetworks/subnets', network.name, 'endpoints')
