// One service's address inside the network, with the zone that gives its name this address.

@description('What it is an address of, in a word: part of the names.')
param name string

@description('Azure\'s name of the region.')
param location string

@description('Tags of every resource.')
param tags object

@description('The subnet: resource id.')
param subnetId string

@description('The network: resource id.')
param networkId string

@description('The service: resource id.')
param targetId string

@description('Which part of the service: blob, queue, table, vault, namespace, registry.')
param group string

@description('The name of the private zone.')
param zoneName string

@description('Whether the zone is made here; false when an earlier endpoint of the same kind has made it.')
param makesZone bool = true

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: 'pe-${name}'
  location: location
  tags: tags
  properties: {
    subnet: {
      id: subnetId
    }
    privateLinkServiceConnections: [
      {
        name: name
        properties: {
          privateLinkServiceId: targetId
          groupIds: [group]
        }
      }
    ]
  }
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = if (makesZone) {
  name: zoneName
  location: 'global'
  tags: tags
}

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = if (makesZone) {
  parent: zone
  name: 'nodes-and-apps'
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: {
      id: networkId
    }
  }
}

resource names 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = {
  parent: endpoint
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      {
        name: group
        properties: {
          privateDnsZoneId: resourceId('Microsoft.Network/privateDnsZones', zoneName)
        }
      }
    ]
  }
  dependsOn: [zone]
}

@description('The endpoint\'s resource id.')
output id string = endpoint.id
