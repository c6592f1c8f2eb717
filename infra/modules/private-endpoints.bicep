// All services of the environment inside its network, an option. One zone a kind of service.

@description('Azure\'s name of the region.')
param location string

@description('Tags of every resource.')
param tags object

@description('The endpoints\' subnet: resource id.')
param subnetId string

@description('The network: resource id.')
param networkId string

@description('The data account: resource id.')
param dataId string

@description('The control app\'s storage account: resource id.')
param controlStorageId string

@description('The inference app\'s storage account: resource id.')
param inferenceStorageId string

@description('The vault: resource id.')
param vaultId string

@description('The bus: resource id; empty: it stays public, because it is not Premium.')
param busId string

@description('The registry: resource id; empty: it stays public, because it is not Premium.')
param registryId string

var suffix = environment().suffixes.storage
var services = concat([
  { name: 'data-blob', target: dataId, group: 'blob', zone: 'privatelink.blob.${suffix}', makesZone: true }
  { name: 'data-table', target: dataId, group: 'table', zone: 'privatelink.table.${suffix}', makesZone: true }
  { name: 'control-queue', target: controlStorageId, group: 'queue', zone: 'privatelink.queue.${suffix}', makesZone: true }
  { name: 'control-blob', target: controlStorageId, group: 'blob', zone: 'privatelink.blob.${suffix}', makesZone: false }
  { name: 'control-table', target: controlStorageId, group: 'table', zone: 'privatelink.table.${suffix}', makesZone: false }
  { name: 'inference-blob', target: inferenceStorageId, group: 'blob', zone: 'privatelink.blob.${suffix}', makesZone: false }
  { name: 'vault', target: vaultId, group: 'vault', zone: 'privatelink.vaultcore.azure.net', makesZone: true }
], empty(busId) ? [] : [
  { name: 'bus', target: busId, group: 'namespace', zone: 'privatelink.servicebus.windows.net', makesZone: true }
], empty(registryId) ? [] : [
  { name: 'registry', target: registryId, group: 'registry', zone: 'privatelink.azurecr.io', makesZone: true }
])

@batchSize(1) // the zone is there before the second endpoint that needs it
module endpoint 'private-endpoint.bicep' = [for service in services: {
  name: 'private-${service.name}'
  params: {
    name: service.name
    location: location
    tags: tags
    subnetId: subnetId
    networkId: networkId
    targetId: service.target
    group: service.group
    zoneName: service.zone
    makesZone: service.makesZone
  }
}]
