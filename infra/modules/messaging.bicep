// The doorbell: Service Bus queues, and the events of uploads into one of them. Rings carry ids; the truth is in the documents.

@description('Azure\'s name of the region.')
param location string

@description('Tags of every resource.')
param tags object

@description('What makes names unique.')
param token string

@description('Standard bills a base charge and operations; Premium bills machines that stand, and is what private endpoints need.')
@allowed(['Standard', 'Premium'])
param sku string

@description('Whether the namespace answers in its virtual network alone; needs Premium.')
param privateOnly bool

@description('The queues: name, and whether rings of one key come in order.')
param queues array

@description('The queue into which the events of uploads go.')
param uploadQueue string

@description('The storage account that is watched for uploads: its name.')
param dataAccountName string

@description('The container that is watched for uploads.')
param dropContainer string

@description('Object id of the control app\'s identity.')
param controlPrincipalId string

resource bus 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: 'sb-${token}'
  location: location
  tags: tags
  sku: {
    name: sku
    tier: sku
  }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: privateOnly ? 'Disabled' : 'Enabled'
  }
}

resource queue 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = [for entry in queues: {
  parent: bus
  name: entry.name
  properties: {
    requiresSession: entry.ordered
    requiresDuplicateDetection: true
    duplicateDetectionHistoryTimeWindow: 'PT10M'
    lockDuration: 'PT1M'
    maxDeliveryCount: 10 // RingOptions.MaxDeliveries; then the ring is put aside with its reason
    deadLetteringOnMessageExpiration: true
    defaultMessageTimeToLive: 'P7D'
    maxSizeInMegabytes: 1024
  }
}]

resource uploads 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' existing = {
  parent: bus
  name: uploadQueue
}

resource data 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: dataAccountName
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: 'evgt-${token}'
  location: location
  tags: tags
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    source: data.id
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

// Azure Service Bus Data Sender on the one queue: events are delivered as the topic's own identity.
resource topicSends 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(bus.id, uploadQueue, topic.id, '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39')
  scope: uploads
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39') // Azure Service Bus Data Sender
    principalId: topic.identity.principalId
    principalType: 'ServicePrincipal'
  }
  dependsOn: [queue]
}

resource landed 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'uploads'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    deliveryWithResourceIdentity: {
      identity: {
        type: 'SystemAssigned'
      }
      destination: {
        endpointType: 'ServiceBusQueue'
        properties: {
          resourceId: uploads.id
        }
      }
    }
    filter: {
      includedEventTypes: ['Microsoft.Storage.BlobCreated']
      subjectBeginsWith: '/blobServices/default/containers/${dropContainer}/'
    }
    retryPolicy: {
      eventTimeToLiveInMinutes: 1440
      maxDeliveryAttempts: 30
    }
  }
  dependsOn: [topicSends] // an event that may not be delivered is dropped after a day; the sweep finds what it told of
}

// Azure Service Bus Data Receiver: to answer rings.
resource controlReceives 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(bus.id, controlPrincipalId, '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0')
  scope: bus
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0') // Azure Service Bus Data Receiver
    principalId: controlPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// Azure Service Bus Data Sender: to ring.
resource controlSends 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(bus.id, controlPrincipalId, '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39')
  scope: bus
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39') // Azure Service Bus Data Sender
    principalId: controlPrincipalId
    principalType: 'ServicePrincipal'
  }
}

@description('The namespace\'s resource id.')
output id string = bus.id

@description('The namespace\'s host name.')
output host string = '${bus.name}.servicebus.windows.net'
